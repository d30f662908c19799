# The agenda, one visit, moving it and handing it over.
