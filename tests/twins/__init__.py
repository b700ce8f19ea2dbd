"""Two copies of one town, told alike but for what one observer may not see."""
