"""Reports of brokers and bribes: written by anybody, read by the inspectorate alone."""
