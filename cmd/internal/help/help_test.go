package help_test

import (
	"bytes"
	"testing"

	"github.com/spf13/cobra"

	"herald/cmd/internal/help"
	"herald/cmd/internal/words"
)

func shown(t *testing.T, lang words.Language, args ...string) string {
	t.Helper()
	root := &cobra.Command{Use: "herald", Short: "Print the version", CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true}}
	root.PersistentFlags().String("config", "herald.yaml", "the config")
	status := &cobra.Command{Use: "status", Short: "Show sources, documents, holds and notices", Example: "  herald status", Run: func(*cobra.Command, []string) {}}
	status.Flags().Bool("editions", false, "list what was published when")
	root.AddCommand(status)
	help.Translate(root, lang)
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The whole help of a command: what it says, and what the library says around it.
func TestHelpIsTranslated(t *testing.T) {
	for _, c := range []struct {
		lang words.Language
		args []string
		want string
	}{
		{words.Korean(), []string{"status", "--help"}, `소스, 문서, 보류, 알림의 현황을 보여 줍니다

사용법:
  herald status [flags]

예:
  herald status

플래그:
      --editions   언제 무엇을 발행했는지 나열합니다
  -h, --help       status 도움말

공통 플래그:
      --config string   설정 파일 (기본값 "herald.yaml")
`},
		{words.Language{}, []string{"status", "--help"}, `Show sources, documents, holds and notices

Usage:
  herald status [flags]

Examples:
  herald status

Flags:
      --editions   list what was published when
  -h, --help       help for status

Global Flags:
      --config string   the config (default "herald.yaml")
`},
		{words.Korean(), []string{"help"}, `버전을 출력합니다

사용법:
  herald [command]

명령:
  help        명령의 도움말을 보여 줍니다
  status      소스, 문서, 보류, 알림의 현황을 보여 줍니다

플래그:
      --config string   설정 파일 (기본값 "herald.yaml")
  -h, --help            herald 도움말

명령에 대해 더 알아보려면 "herald [command] --help"를 쓰십시오.
`},
	} {
		if got := shown(t, c.lang, c.args...); got != c.want {
			t.Errorf("%v: got\n%s\nwant\n%s", c.args, got, c.want)
		}
	}
}
