"""The nightly files: every resource as CSV and JSON Lines, with licence, data dictionary and fingerprints."""
