"""Home and village visits ("jemput bola"): who is to be visited, and the trips of a team."""
