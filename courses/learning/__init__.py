"""What learners see: coming in, their course, its pages with what they marked, and what is theirs."""
