# A wrong heap size is explained, status 2.
