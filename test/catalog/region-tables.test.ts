import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";
import { emptyPolicy } from "../../src/engine/base/policy.ts";
import { createPlaceTable } from "../../src/engine/solve/place-table.ts";
import { hostOf } from "../../src/engine/solve/told-place.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });
const table = createPlaceTable(catalog, emptyPolicy);

describe("each table", () => {
  test.each(catalog.clouds.map((cloud) => [cloud.provider, cloud] as const))(
    "%s names its source and the day, and each of its codes once",
    (_provider, cloud) => {
      expect(cloud.source).toMatch(/https:\/\/|npm /);
      expect(cloud.date).toMatch(/^20\d\d-\d\d-\d\d$/);
      const codes = cloud.regions.map(({ code }) => code);
      expect(codes).toEqual([...new Set(codes)]);
      expect(codes.length + (cloud.regionsOf ?? []).length).toBeGreaterThan(0);
    },
  );

  test("has no host pattern that an earlier row of its cloud answers already", () => {
    const shadowed = catalog.clouds.flatMap(({ provider, hosts }) => {
      const patterns = hosts.map(({ pattern }) => pattern);
      return patterns
        .filter((each, at) => patterns.indexOf(each) !== at)
        .map((each) => `${provider} ${each}`);
    });
    expect(shadowed).toEqual([]);
  });

  test("of vendors names each host once, and a source for each", () => {
    const hosts = catalog.vendors.flatMap((vendor) => vendor.hosts);
    expect(hosts.filter((host, at) => hosts.indexOf(host) !== at)).toEqual([]);
    expect(catalog.vendors.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
  });

  test("of words and top-level domains gives each to one jurisdiction", () => {
    for (const key of ["words", "topLevelDomains"] as const) {
      const all = catalog.jurisdictions.flatMap((each) => each[key] ?? []);
      expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
    }
  });

  test("takes no domain that everybody uses for a country, and no word of a language for a place", () => {
    const domains = new Set(catalog.jurisdictions.flatMap((each) => each.topLevelDomains ?? []));
    const friends =
      "ai am app cc cm co cx dev fm gg gl io is-a la ly me mobi nu pw sc sh so st tk to tv vc ws xyz".split(
        " ",
      );
    expect(friends.filter((domain) => domains.has(domain))).toEqual([]);
    expect([...domains]).toEqual(expect.arrayContaining(["cn", "ru", "de", "uk", "eu"]));
    const words = new Set(catalog.jurisdictions.flatMap((each) => each.words ?? []));
    expect(
      ["de", "fr", "es", "it", "in", "id", "ca", "is", "no", "me"].filter((each) => words.has(each)),
    ).toEqual([]);
  });
});

test.each([
  ["aws", "cn-north-1", "CN"],
  ["aws", "eu-west-2", "GB"],
  ["aws", "ap-east-1", "HK"],
  ["aws", "us-gov-west-1", "US"],
  ["aws", "eusc-de-east-1", "DE"],
  ["aws", "us-isob-east-1", "US"],
  ["aws", "eu-central-1a", "DE"],
  ["alibaba", "oss-cn-hangzhou", "CN"],
  ["alibaba", "eu-central-1", "DE"],
  ["alibaba", "cn-hongkong", "HK"],
  ["azure", "chinaeast2", "CN"],
  ["azure", "West Europe", "NL"],
  ["gcp", "europe-west2", "GB"],
  ["gcp", "europe-west1-b", "BE"],
  ["gcp", "eur3", "EU"],
  ["tencent", "ap-guangzhou", "CN"],
  ["huawei", "cn-north-4", "CN"],
  ["huawei", "ap-southeast-2", "TH"],
  ["volcengine", "cn-beijing", "CN"],
  ["volcengine", "ap-southeast-1", "MY"],
  ["oracle", "uk-london-1", "GB"],
  ["ibm", "eu-de", "DE"],
  ["digitalocean", "fra1", "DE"],
  ["fly", "nrt", "JP"],
  ["vercel", "iad1", "US"],
  ["mongodb-atlas", "EU_WEST_1", "IE"],
  ["neon", "azure-gwc", "DE"],
  ["amplitude", "EU", "DE"],
  ["yandex", "ru-central1", "RU"],
])("region %s %s is in %s", (provider, code, jurisdiction) => {
  expect(table.ofRegion(provider, code)?.jurisdiction).toBe(jurisdiction);
});

test.each([
  ["aws", "auto"],
  ["aws", "global"],
  ["aws", "euw1"],
  ["aws", "na1"],
  ["aws", "US-CA"],
  ["", "kr1"],
])("region %s %s is no place", (provider, code) => {
  expect(table.ofRegion(provider, code)).toBeUndefined();
});

test.each([
  ["sqs.cn-northwest-1.amazonaws.com.cn", "CN"],
  ["mydb.abc123.eu-central-1.rds.amazonaws.com", "DE"],
  ["bucket.s3.eu-west-2.amazonaws.com", "GB"],
  ["oss-cn-shanghai-internal.aliyuncs.com", "CN"],
  ["dm.aliyuncs.com", "CN"],
  ["dm.eu-central-1.aliyuncs.com", "DE"],
  ["sms.intl.tencentcloudapi.com", "SG"],
  ["obs.cn-north-4.myhuaweicloud.com", "CN"],
  ["tos-cn-beijing.volces.com", "CN"],
  ["tos-ap-southeast-1.bytepluses.com", "MY"],
  ["account.blob.core.chinacloudapi.cn", "CN"],
  ["storage.yandexcloud.net", "RU"],
  ["acct.eu.r2.cloudflarestorage.com", "EU"],
  ["fra1.digitaloceanspaces.com", "DE"],
  ["db-postgresql-lon1-1234-do-user-1-0.b.db.ondigitalocean.com", "GB"],
  ["aws-0-eu-central-1.pooler.supabase.com", "DE"],
  ["ep-cool-1.eu-central-1.aws.neon.tech", "DE"],
  ["xy12345.eu-central-1.snowflakecomputing.com", "DE"],
  ["xy12345.west-europe.azure.snowflakecomputing.com", "NL"],
  ["pkc-1.eu-west-1.aws.confluent.cloud", "IE"],
  ["x.europe-west3.gcp.cloud.es.io", "DE"],
  ["dpg-1.frankfurt-postgres.render.com", "DE"],
  ["s3.eu-central-003.backblazeb2.com", "NL"],
  ["s3.eu-west-1.wasabisys.com", "GB"],
  ["ap-south-1.linodeobjects.com", "SG"],
  ["datadoghq.eu", "DE"],
  ["http-intake.logs.ap1.datadoghq.com", "JP"],
  ["http-intake.logs.us5.datadoghq.com", "US"],
  ["o1.ingest.de.sentry.io", "DE"],
  ["o1.ingest.us.sentry.io", "US"],
  ["eu.i.posthog.com", "DE"],
  ["api-eu.mixpanel.com", "NL"],
  ["api.eu.mailgun.net", "EU"],
  ["api.eu.sendgrid.com", "EU"],
  ["eu.api.openai.com", "EU"],
  ["api.deepseek.com", "CN"],
  ["open.feishu.cn", "CN"],
  ["open.larksuite.com", "SG"],
  ["smtp.exmail.qq.com", "CN"],
  ["tenant.eu.auth0.com", "EU"],
  ["api.example.cn", "CN"],
  ["api.example.com.cn", "CN"],
  ["api.example.co.uk", "GB"],
  ["eu.api.example.com", "EU"],
  ["db-eu-west-1.example.internal", "IE"],
  ["redis-china", "CN"],
])("host %s is in %s", (host, jurisdiction) => {
  expect(table.ofHost(host)?.jurisdiction).toBe(jurisdiction);
});

test.each([
  "localhost",
  "s3.amazonaws.com",
  "acct.r2.cloudflarestorage.com",
  "account.blob.core.windows.net",
  "api.example.io",
  "api.example.ai",
  "api.example.co",
  "api.example.me",
  "api.example.tv",
  "bit.ly",
  "de.example.com",
  "eu-startups.com",
  "cluster0.abcde.mongodb.net",
  "storage.googleapis.com",
  "queue.internal",
])("host %s is no place that could be told", (host) => {
  expect(table.ofHost(host)).toBeUndefined();
});

test.each([
  ["postgres://u:p@db.eu-west-1.example.internal:5432/x", "db.eu-west-1.example.internal"],
  ["https://API.Example.de/v1?x=1", "api.example.de"],
  ["b-1.kafka.example.ru:9092", "b-1.kafka.example.ru"],
  ["Endpoint=sb://bus.servicebus.chinacloudapi.cn/;SharedAccessKey=k", "bus.servicebus.chinacloudapi.cn"],
  [
    "DefaultEndpointsProtocol=https;AccountName=a;EndpointSuffix=core.chinacloudapi.cn",
    "core.chinacloudapi.cn",
  ],
])("the host of %s is %s", (text, host) => {
  expect(hostOf(text)).toBe(host);
});
