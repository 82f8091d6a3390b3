"""Stand-ins for outside systems, processes of their own that share no code with adminduk/."""
