// See README.md beside this folder: nothing of this header is used.
