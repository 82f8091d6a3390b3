"""A stand-in for the national side of recording: takes recordings over, and says over days what became of them."""
