"""Finding a way for one survivor: the directory of services, routing, referrals and the map."""
