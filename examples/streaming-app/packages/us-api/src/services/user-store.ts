import { usInternal, type User, type WatchHistory } from "@tideline/shared";

/** The member with this id, or none. */
export async function findUser(id: string): Promise<User | undefined> {
  const { data } = await usInternal.get<{ user?: User }>(`/users/${id}`);
  return data.user;
}

export async function listUsers(page: number): Promise<User[]> {
  const { data } = await usInternal.get<{ users: User[] }>("/users", { params: { page, size: 500 } });
  return data.users;
}

export async function createUser(fields: Omit<User, "id" | "createdAt" | "emailVerified">): Promise<User> {
  const { data } = await usInternal.post<User>("/users", fields);
  return data;
}

export async function historyOf(userId: string): Promise<WatchHistory> {
  const { data } = await usInternal.get<WatchHistory>(`/users/${userId}/history`);
  return data;
}
