package reader_test

import (
	"testing"
	"time"
)

func seoul(t testing.TB) *time.Location {
	t.Helper()
	return time.FixedZone("Asia/Seoul", 9*3600)
}
