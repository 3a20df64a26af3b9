-- bronze nation → an Iceberg table at ${silver}/nation. Variables: bronze, silver, database, catalog, compression.
CREATE DATABASE IF NOT EXISTS ${catalog}.${database};
DROP TABLE IF EXISTS ${catalog}.${database}.nation;
CREATE TABLE ${catalog}.${database}.nation
USING iceberg
TBLPROPERTIES ('write.parquet.compression-codec' = '${compression}')
LOCATION '${silver}/nation'
AS SELECT * FROM parquet.`${bronze}/nation.parquet`;
