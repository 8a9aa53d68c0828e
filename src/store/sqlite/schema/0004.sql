-- Whether everything that a question asks was on the screen, or said. Of what was answered before nobody knows, and nobody is sent
-- back to it.
ALTER TABLE attempt_answer ADD COLUMN shown_wholly INTEGER NOT NULL DEFAULT 1 CHECK (shown_wholly IN (0, 1));
