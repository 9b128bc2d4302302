"""The screens of a cohort around assessment: the queue, the station, the learner's own, the coordinator's pictures."""
