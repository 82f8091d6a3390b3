"""Papers: what the text on a photographed document says, what kind it is, and whether it will do. Plain Python."""
