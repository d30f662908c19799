# Who works here, and what everybody chooses for themselves.
