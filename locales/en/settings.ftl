# The hospital, as its admin describes it.
