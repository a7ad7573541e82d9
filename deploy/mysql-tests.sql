-- Run once by the MySQL image: `docker compose run app npm test` makes its databases itself, and drops them.
GRANT ALL ON `test\_%`.* TO 'koreromai'@'%';
