package outbox

import (
	"context"
	"net/http"

	"herald/cmd/internal/ledger/notice"
	"herald/cmd/internal/notify"
)

// The bounds of finding out what a refused request is refused for.
const (
	maxParts    = 32 // requests beyond the first
	equalAtMost = 6  // refused parts, where none is taken: then the rest is refused likewise
)

// part is some notices with the answer to the request that told them.
type part struct {
	notices []*notice.Notice
	answer  notify.Answer
}

// batch makes one request of several notices. Where it is refused for something that it holds, each half is asked for
// itself, and so on: the half that is taken is told, and what is refused alone is dead. Each answer is written down before
// the next request; once the target asks to be left alone, what no answer is known of stays due. It returns the last answer.
func (d *delivery) batch(ctx context.Context, target notify.Target, notices []*notice.Notice) (notify.Answer, error) {
	answer, err := d.send(target, notices)
	if err != nil {
		return answer, err
	}
	requests, refused, taken := 0, 0, false
	for queue := []part{{notices, answer}}; len(queue) > 0; queue = queue[1:] {
		p := queue[0]
		if !divisible(p.answer) || len(p.notices) == 1 || requests >= maxParts || !taken && refused >= equalAtMost {
			if err := d.record(ctx, target, p.notices, p.answer); err != nil {
				return p.answer, err
			}
			continue
		}
		half := len(p.notices) / 2
		for _, some := range [][]*notice.Notice{p.notices[:half], p.notices[half:]} {
			if answer, err = d.send(target, some); err != nil {
				return answer, err
			}
			requests++
			switch {
			case divisible(answer):
				refused++
				queue = append(queue, part{some, answer})
				continue
			case answer.Outcome == notify.Delivered:
				taken = true
			}
			if err := d.record(ctx, target, some, answer); err != nil || answer.Outcome == notify.Retry {
				return answer, err
			}
		}
	}
	return answer, nil
}

// divisible reports whether a request was refused for something that it holds.
func divisible(a notify.Answer) bool {
	return a.Status == http.StatusUnprocessableEntity || a.Status == 0 && a.Outcome == notify.Refused
}
