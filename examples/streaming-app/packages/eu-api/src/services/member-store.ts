import type { User, WatchHistory } from "@tideline/shared";
import axios from "axios";

const accounts = axios.create({ baseURL: "https://internal.eu.tideline.example", timeout: 8_000 });

export async function findMember(id: string): Promise<User | undefined> {
  const { data } = await accounts.get<{ user?: User }>(`/members/${id}`);
  return data.user;
}

export async function membersCreatedOn(day: string): Promise<User[]> {
  const { data } = await accounts.get<{ users: User[] }>("/members", { params: { day } });
  return data.users;
}

export async function historyOf(memberId: string): Promise<WatchHistory> {
  const { data } = await accounts.get<WatchHistory>(`/members/${memberId}/history`);
  return data;
}

/** Writes the new address to the account service, which stands in the EU as its members do. */
export async function changeEmail(member: User, newEmail: string) {
  await accounts.put(`/members/${member.id}/email`, { newEmail });
}
