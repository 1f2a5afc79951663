"""Pages of people and of the network that they administer, by who uses them."""
