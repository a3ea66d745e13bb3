import { createTransport } from "nodemailer";
import type { User } from "@tideline/shared";

const transporter = createTransport({ host: "mail.us.tideline.example", port: 587, secure: false });
const from = "Tideline <hello@tideline.example>";

export async function sendWelcome(user: User) {
  await transporter.sendMail({
    from,
    to: user.email,
    subject: "Welcome to Tideline",
    text: "Your trial has begun. You can watch on four screens at once.",
  });
}

/** Tells the fraud desk, which is a mailbox that forty people read. */
export async function reportSuspectedFraud(user: User, reason: string) {
  await transporter.sendMail({
    from,
    to: "fraud-desk@tideline.example",
    subject: `Suspected fraud: ${reason}`,
    text: `Please look into ${user.fullName}, born ${user.dateOfBirth}, and call back on ${user.phoneNumber}.`,
  });
}

/** The same, with nothing but the id: who may see more looks it up. */
export async function reportSuspectedFraudById(user: User, reason: string) {
  await transporter.sendMail({
    from,
    to: "fraud-desk@tideline.example",
    subject: `Suspected fraud: ${reason}`,
    text: `Please look into https://admin.us.tideline.example/users/${user.id}`,
  });
}
