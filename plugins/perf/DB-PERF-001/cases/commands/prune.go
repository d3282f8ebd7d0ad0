package cmd

import (
	"github.com/spf13/cobra"
	"gorm.io/gorm"
)

type File struct{ ID int }

func prune(db *gorm.DB, files []File) *cobra.Command {
	return &cobra.Command{
		Use: "prune",
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, file := range files {
				db.Delete(&File{}, file.ID) // ok: somebody runs it by hand; mutate: s/"github.com\/spf13\/cobra"/cobra "example.com\/other"/
			}
			return nil
		},
	}
}
