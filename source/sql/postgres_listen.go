package sql

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// alive is how often a connection that says nothing is asked whether it is still there.
const alive = time.Minute

func (d postgres) listen(ctx context.Context, channel string, changed func()) error {
	c, err := pgx.ConnectConfig(ctx, d.config.Copy())
	if err != nil {
		return err
	}
	defer func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = c.Close(end)
	}()
	if _, err := c.Exec(ctx, "listen "+d.quote(channel)); err != nil {
		return err
	}
	changed()
	for {
		quiet, cancel := context.WithTimeout(ctx, alive)
		_, err := c.WaitForNotification(quiet)
		cancel()
		switch {
		case err == nil:
			changed()
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, context.DeadlineExceeded):
			if err := d.ping(ctx, c); err != nil {
				return err
			}
		default:
			return err
		}
	}
}

// ping asks a connection whether it is still there.
func (d postgres) ping(ctx context.Context, c *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, connecting)
	defer cancel()
	return c.Ping(ctx)
}
