"""What every part of Linden stands on, and the shell that serves it."""
