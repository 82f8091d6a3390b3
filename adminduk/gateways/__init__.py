"""Outside systems behind the ports of the modules, a folder each."""
