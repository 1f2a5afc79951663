"""Pages of applicants and of desks: read the request, call one service or query, show the result."""
