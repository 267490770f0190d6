-- What the serving role may do is said by rights.sql, after all migrations, every time.
DROP FUNCTION serve_rights();
DROP FUNCTION serve_rights_before_0007();
DROP FUNCTION serve_rights_before_0006();
DROP FUNCTION serve_rights_before_0005();
