-- How far a text was seen had been the last line that was ever in sight; now it is up to where nothing was passed over. Which of
-- the two an unfinished reading tells, nobody knows. What counted as read before still does.
UPDATE lesson SET farthest = 0 WHERE finished_at IS NULL;
