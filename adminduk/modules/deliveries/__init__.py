"""Cards that a courier brings to the address on the Kartu Keluarga: parcels, lists for the courier, attempts."""
