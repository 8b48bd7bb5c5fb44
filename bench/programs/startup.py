# start-up: nothing to do
pass
