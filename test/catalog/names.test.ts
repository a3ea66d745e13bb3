import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";
import { createClassifier } from "../../src/engine/solve/classify-name.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });
const classifier = createClassifier(catalog);

/** `user.email` → what the catalog's words make of `email` of a `user`. */
function dataTypeOf(expression: string): string | undefined {
  const dot = expression.lastIndexOf(".");
  return classifier.field(expression.slice(dot + 1), expression.slice(0, Math.max(dot, 0)), undefined)
    ?.dataType;
}

/** The same, without guesses of low confidence, which are quiet unless asked for. */
function classified(expression: string): string | undefined {
  const dot = expression.lastIndexOf(".");
  const found = classifier.field(expression.slice(dot + 1), expression.slice(0, Math.max(dot, 0)), undefined);
  return found?.confidence === "low" ? undefined : found?.dataType;
}

describe("names that mean personal data wherever they stand", () => {
  const meant: Record<string, string> = {
    "contact.email": "email userEmail email_address customerEmail e_mail emails correo 邮箱",
    "contact.phone": "phone phoneNumber mobile_number homePhone msisdn 手机号 telefono",
    "contact.postal-address": "homeAddress shippingAddress street_address address1 addressLine1 收货地址",
    "identity.first-name": "firstName first_name givenName firstname prenom",
    "identity.last-name": "lastName surname family_name apellido nachname",
    "identity.full-name": "fullName realName customerName patient_name nombreCompleto 姓名",
    "identity.birth-date": "birthDate dateOfBirth dob birthday date_of_birth geburtsdatum",
    "government-id.ssn": "ssn socialSecurityNumber userSsn",
    "government-id.passport": "passportNumber passport_no",
    "government-id.national-id": "nationalId idCardNumber 身份证号",
    "government-id.cpf": "cpf",
    "financial.card-number": "cardNumber creditCardNumber credit_card",
    "financial.card-security-code": "cvv cvc",
    "financial.iban": "iban customerIban",
    "network.ip-address": "ipAddress clientIp remoteAddress lastLoginIp x_forwarded_for",
    "location.coordinates": "latitude longitude lastKnownLocation",
    "health.diagnosis": "medicalHistory diagnosisCode",
    "special.religion": "religion",
    "credential.password": "password newPassword passwd",
    "credential.access-token": "accessToken refresh_token",
    "credential.one-time-code": "otp verificationCode",
    "vehicle.licence-plate": "licensePlate numberPlate",
    "behaviour.viewing-history": "watchHistory",
  };

  test.each(Object.entries(meant).flatMap(([id, names]) => names.split(" ").map((name) => [name, id])))(
    "%s is %s",
    (name, id) => {
      expect(dataTypeOf(name)).toBe(id);
    },
  );
});

describe("names that mean it only of a person", () => {
  test.each([
    ["name", "user", "identity.full-name"],
    ["address", "customer", "contact.postal-address"],
    ["age", "patient", "identity.age"],
    ["gender", "employee", "identity.gender"],
    ["city", "customer", "location.place"],
    ["token", "user", "credential.access-token"],
    ["ip", "visitor", "network.ip-address"],
    ["bio", "author", "communications.comment"],
    ["diagnosis", "patient", "health.diagnosis"],
    ["avatar", "user", "identity.photo"],
  ])("%s of %s", (name, owner, id) => {
    expect(dataTypeOf(`${owner}.${name}`)).toBe(id);
    expect(dataTypeOf(name)).toBeUndefined();
    expect(dataTypeOf(`order.${name}`)).toBeUndefined();
  });
});

describe("false friends", () => {
  const friends = `
    emailTemplate emailVerified emailTemplateId supportEmail adminEmail fromEmail emailFrom noReplyEmail sendEmail isEmail
    emailQueue hasEmail emailRegex validateEmail emailSchema ADMIN_EMAIL companyEmail
    phoneVerified phoneRegex phoneNumberId headphone
    weakPasswordChallenge oauthDcrTtlSeconds passwordStrength passwordResetUrl passwordPolicy tokenExpiry tokenCount
    accessTokenExpiresIn apiKeyId
    fileName hostname className eventName pathName tableName bucketName roleName templateName displayNameKey error.name
    event.name file.name props.name company.name product.title page.title package.name
    state status title code message comment notes token location ip name address age gender city
    serverIp bindAddress walletAddress contractAddress tokenAddress memoryAddress listenAddress
    cacheAge maxAge userCount users.length orderId
    idea video pinned spin shipping taxi descriptor passing compass vinyl latency
    storeLatitude warehouse.latitude company.address company.phone
    gameState cardNumberLabel otpExpiry sessionStorage cookieParser user.role user.createdAt user.status user.state
    user.planName user.roleName user.companyName user.fileName user.emailVerified user.emailTemplateId user.planId
    userRole.name userGroup.name userSettings.name
  `;
  test.each(friends.trim().split(/\s+/))("%s", (expression) => {
    expect(classified(expression)).toBeUndefined();
  });
});

describe("examples in the catalog", () => {
  const types = catalog.dataTypes.filter((type) => type.names.length > 0);
  const rows = (key: "means" | "not") =>
    types.flatMap((type) => (type.examples?.[key] ?? []).map((expression) => [expression, type.id] as const));

  test("stand in every data type that has names", () => {
    const bare = types.filter(
      ({ examples }) => !examples || examples.means.length * examples.not.length === 0,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });
  test.each(rows("means"))("%s is %s", (expression, id) => {
    expect(classified(expression)).toBe(id);
  });
  test.each(rows("not"))("%s is no %s", (expression, id) => {
    expect(classified(expression)).not.toBe(id);
  });
});

describe("owners", () => {
  const isRecord = (name: string) => classifier.record(name, "")?.confidence;

  test.each(
    "user users newCustomer customerRecord currentUser patient UserDto employee userProfile".split(" "),
  )("%s is a person", (name) => {
    expect(isRecord(name)).toBe("medium");
  });
  test.each("members owner author recipient".split(" "))("%s may be a person, an id or a list", (name) => {
    expect(isRecord(name)).toBe("low");
  });
  test.each(
    "company companyUserCount userRole file event order userSettings userService product config node parent".split(
      " ",
    ),
  )("%s is not", (name) => {
    expect(isRecord(name)).toBeUndefined();
  });
  test("a count of people is none", () => {
    expect(classifier.record("members", "_count")).toBeUndefined();
  });
});
