"""Speed, measured against a yardstick in the same run. Ratios hold from machine to machine; seconds do not."""
