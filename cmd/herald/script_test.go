package main

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"herald/source/freeport"
)

// The scripts start the real program, as an operator does. What stands beside the script
// language's own commands is in script_commands_test.go.

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(scripts{m}, map[string]func(){"herald": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setupScript,
		Cmds:                scriptCommands(),
	})
}

// setupScript provides each script with an endpoint of its own at $HUB, free ports at $PORT and $PORT2, and an
// environment that is the same on every machine.
func setupScript(env *testscript.Env) error {
	world, err := newEndpoint(env.WorkDir)
	if err != nil {
		return err
	}
	env.Defer(world.close)
	for _, name := range []string{"PORT", "PORT2"} {
		port, err := freeport.Find()
		if err != nil {
			return err
		}
		env.Setenv(name, strconv.Itoa(port))
	}
	env.Setenv("HUB", world.url())
	env.Setenv("TZ", "UTC")
	env.Setenv("TMPDIR", filepath.Join(env.WorkDir, ".tmp"))
	return os.MkdirAll(filepath.Join(env.WorkDir, ".tmp"), 0o755)
}
