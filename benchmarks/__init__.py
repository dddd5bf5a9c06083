"""Page times of the archive: `make bench`. Figures in notes and documentation come from here alone."""
