package main

import "fmt"

// notInThisVersion ends what the contract names and this version lacks.
func notInThisVersion(what string) error {
	return wrong(fmt.Errorf("%s is not in this version", what))
}
