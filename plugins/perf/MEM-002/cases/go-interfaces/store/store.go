package store

import (
	"io"
	"os"
)

// Files keeps pictures.
type Files interface {
	Copy(name string, from *os.File) error
	Keep(name string, from *os.File) error
}

type Disk struct {
	kept map[string]*os.File
}

func (d *Disk) Copy(name string, from *os.File) error {
	to, err := os.Create(name)
	if err != nil {
		return err
	}
	defer to.Close()
	_, err = io.Copy(to, from)
	return err
}

func (d *Disk) Keep(name string, from *os.File) error {
	d.kept[name] = from
	return nil
}
