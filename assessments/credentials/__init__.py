"""What a learner can show somebody else: Open Badges 3.0 credentials, signed here and checked anywhere."""
