package sql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"time"
)

// open returns the pool of connections.
func (s *Source) open() (*sql.DB, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.db != nil {
		return s.db, nil
	}
	db, err := s.base.dialect.open()
	if err != nil {
		return nil, err
	}
	s.db = db
	return db, nil
}

// transaction calls do with a connection that is in a read-only transaction.
func (s *Source) transaction(ctx context.Context, do func(c *sql.Conn) error) error {
	db, err := s.open()
	if err != nil {
		return err
	}
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := s.base.dialect.begin(ctx, c, s.config.Timeout); err != nil {
		return err
	}
	err = do(c)
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, errEnd := c.ExecContext(end, "rollback"); errEnd != nil {
		_ = c.Raw(func(any) error { return driver.ErrBadConn }) // it is not used again
	}
	return err
}
