import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";
import { createClassifier } from "../../src/engine/solve/classify-name.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });
const classifier = createClassifier(catalog);

/** `user.email` → what the catalog's words make of `email` of a `user`. */
function dataTypeOf(expression: string): string | undefined {
  const parts = expression.split(".");
  const name = parts.at(-1) as string;
  return classifier.field(name, parts.at(-2) ?? "", undefined)?.dataType;
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
    cacheAge maxAge userCount users.length userId
    idea video pinned spin shipping taxi descriptor passing compass vinyl latency
    storeLatitude warehouse.latitude company.address company.phone
    gameState cardNumberLabel otpExpiry sessionStorage cookieParser user.role user.createdAt user.id user.status user.state
    user.planName user.roleName user.companyName user.fileName user.emailVerified user.emailTemplateId user.walletAddress
    userRole.name userGroup.name userSettings.name
  `;
  test.each(friends.trim().split(/\s+/))("%s", (expression) => {
    const owner = expression.split(".").at(-2) ?? "";
    const name = expression.split(".").at(-1) as string;
    const found = classifier.field(name, owner, undefined);
    // Low confidence is quiet in the editor: fit for a thing that has an address of its own.
    expect(found?.confidence === "low" ? undefined : found).toBeUndefined();
  });
});

describe("owners", () => {
  test.each(
    "user users newCustomer customerRecord currentUser patient UserDto employee userProfile".split(" "),
  )("%s is a person", (name) => {
    expect(classifier.isPerson(name)).toBe(true);
  });
  test.each(
    "company companyUserCount userRole file event order userSettings userService product config node parent".split(
      " ",
    ),
  )("%s is not", (name) => {
    expect(classifier.isPerson(name)).toBe(false);
  });
});
