/** Fields that say where somebody is, or where somebody's data has to stay. */
export const residencyKeys: ReadonlySet<string> = new Set([
  "region",
  "homeRegion",
  "dataRegion",
  "dataResidency",
  "dataLocation",
  "residency",
  "residence",
  "countryOfResidence",
  "residenceCountry",
  "country",
  "countryCode",
  "homeCountry",
  "jurisdiction",
]);

/** What stands in such a field is a country's code: in others, `CA` may be California. */
export function isCountryKey(key: string): boolean {
  return /country|residen|jurisdiction/i.test(key);
}
