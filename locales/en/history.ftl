# What became of visits.
