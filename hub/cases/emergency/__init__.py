"""Emergency access inside the owning agency: fifteen minutes, told at once, reviewed afterwards."""
