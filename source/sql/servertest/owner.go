package servertest

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
)

// owner is a user of the system.
type owner struct{ uid, gid uint32 }

// unprivileged returns the first of some users who is there, where we are root, whom servers refuse.
func unprivileged(names ...string) (*owner, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	var all error
	for _, name := range names {
		u, err := user.Lookup(name)
		if err != nil {
			all = errors.Join(all, err)
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		return &owner{uint32(uid), uint32(gid)}, errors.Join(err1, err2)
	}
	return nil, fmt.Errorf("no user to run as: %w", all)
}
