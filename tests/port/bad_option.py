# A wrong option is explained, status 2.
