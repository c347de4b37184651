"""Bad days, made for real: each one harms a site of its own and says whether search came through."""
