package main

func (s *siteFound) count(dir string) (fileCount, error) { return fileCount{}, nil }
