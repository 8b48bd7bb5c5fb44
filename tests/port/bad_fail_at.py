# A wrong count is explained, status 2.
